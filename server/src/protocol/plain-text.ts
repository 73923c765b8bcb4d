/**
 * Messages and errors that an editor shows as they are: names in quotes, where Markdown has backticks.
 *
 *   toPlainText("The machine `www` is there already.")   ->   The machine “www” is there already.
 */
export function toPlainText(text: string): string {
  return text.replaceAll(/`([^`]+)`/g, "“$1”");
}
