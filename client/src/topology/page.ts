/** The HTML of the topology: a frame that the page's script fills. Nothing runs or is loaded in it but that script and stylesheet. */

export interface PageParts {
  /** URIs as the webview reads them. */
  readonly script: string;
  readonly style: string;
  /** The origin of such URIs. */
  readonly source: string;
  /** Random, of this page. */
  readonly nonce: string;
}

export function pageHtml({ script, style, source, nonce }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'; img-src data:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Topology</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<header role="toolbar" aria-label="Topology">
<select id="clan" aria-label="Clan" hidden></select>
<input id="text" type="search" aria-label="Filter" placeholder="Machine, tag, service, role, host" size="28">
<select id="tag" aria-label="Tag"></select>
<select id="service" aria-label="Service"></select>
<button id="picture" type="button" aria-pressed="true">Picture</button>
<button id="table" type="button" aria-pressed="false">Table</button>
<button id="smaller" type="button" aria-label="Smaller">−</button>
<button id="larger" type="button" aria-label="Larger">+</button>
<button id="fit" type="button">Fit</button>
<button id="svg" type="button">Save SVG</button>
<button id="png" type="button">Save PNG</button>
<span id="status" role="status"></span>
</header>
<main id="view"></main>
<aside id="details" aria-label="Details" aria-live="polite"><p>Point at a part, or go to it with Tab and the arrow keys.</p></aside>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
