# Who can read which secret of agenix.
let
  crs58 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBDvz7FE7q9m8XVV8MP/52vk1YjscJy7jHmsSa8R64gh";
in
{
  "hosts/github-token.age".publicKeys = [ crs58 ];
}
