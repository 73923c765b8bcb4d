/**
 * The README as it is packaged. Its links to files of the repository lead somewhere only where the manifest names a
 * repository: vsce then mends them. Without one, what they say stays, and they are no links; pictures are left out.
 *
 *   packageReadme("See [all rules](docs/rules/README.md).", {})   ->   "See all rules."
 */

/** `manifest`: package.json. */
export function packageReadme(text, { repository }) {
  if (repository !== undefined) return text;
  return text
    .replace(/^ *!\[[^\]]*\]\((?!\w+:)[^)]*\)\n\n/gm, "")
    .replace(/(?<!!)\[([^\]]*)\]\((?!\w+:|#)[^)]*\)/g, "$1");
}
