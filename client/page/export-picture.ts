/** The picture as a file: SVG that needs nothing else, with the colours of the theme, and PNG of it. */

/** What the stylesheet of the page says of the picture, with colours that stand by themselves. */
function styleFor(colours: { readonly text: string; readonly background: string }): string {
  return `
  text { font: 13px system-ui, sans-serif; fill: ${colours.text}; text-anchor: middle; dominant-baseline: central; }
  rect, path { fill: none; stroke: ${colours.text}; }
  .back { fill: ${colours.background}; stroke: none; }
  .group { opacity: 0.7; } .group rect { stroke-dasharray: 3 3; }
  .group-label { text-anchor: start; font-weight: bold; }
  .bundle rect { stroke-width: 3; }
  .edge { opacity: 0.4; }
`;
}

export function toSvgText(
  picture: SVGSVGElement,
  size: { readonly width: number; readonly height: number },
): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  for (const part of copy.querySelectorAll("[tabindex]")) part.removeAttribute("tabindex");
  for (const part of copy.querySelectorAll(".near, .selected")) part.classList.remove("near", "selected");
  copy.classList.remove("chosen");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(size.width));
  copy.setAttribute("height", String(size.height));
  const { color, backgroundColor } = getComputedStyle(document.body);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = styleFor({ text: color, background: backgroundColor });
  const back = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  back.setAttribute("width", "100%");
  back.setAttribute("height", "100%");
  back.setAttribute("class", "back");
  copy.prepend(style, back);
  return `${new XMLSerializer().serializeToString(copy)}\n`;
}

/** So many pixels are drawn for one: it is to be looked at from near. */
const scale = 2;

/** In base64. Rejects where the picture is too large for one. */
export async function toPng(
  text: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this picture is too large for PNG");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const [, data = ""] = canvas.toDataURL("image/png").split(",");
  if (data === "") throw new Error("this picture is too large for PNG");
  return data;
}
