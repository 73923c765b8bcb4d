-- What each test's script begins with: Neovim's own client on clan-ls, and waiting for what it shows.
-- CLAN_LS is the server's command; OUTCOME the file the script's answer is written to, as JSON.

local folder = vim.fn.getcwd()
local command = vim.fn.json_decode(vim.env.CLAN_LS)

--- Opens a file with the server attached to it.
function Open(file)
  vim.cmd("edit " .. vim.fn.fnameescape(file))
  local config = {
    name = "clan",
    cmd = command,
    root_dir = folder,
    workspace_folders = { { uri = vim.uri_from_fname(folder), name = "clan" } },
  }
  if vim.lsp.start then
    vim.lsp.start(config)
  else
    -- Before Neovim 0.8.
    ClientId = ClientId or vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(0, ClientId)
  end
end

--- What `find` gives as soon as that is something; an error if it never is.
function Await(what, find)
  local found
  vim.wait(30000, function()
    found = find()
    return found ~= nil and found ~= false
  end, 20)
  if not found then
    error("never seen: " .. what)
  end
  return found
end

--- Puts the cursor on the first letter of `text`, where that is written first.
function Go(text)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  if vim.fn.search("\\V" .. vim.fn.escape(text, "\\"), "cW") == 0 then
    error("not in the file: " .. text)
  end
end

--- Runs a test's script, writes its answer, and leaves.
function Run(script)
  local ok, answer = xpcall(script, debug.traceback)
  local outcome = ok and { answer = answer } or { error = answer }
  vim.fn.writefile({ vim.fn.json_encode(outcome) }, vim.env.OUTCOME)
  vim.cmd("qall!")
end
