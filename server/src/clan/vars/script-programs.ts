/**
 * Programs whose part in a script is known: which files they can write.
 *
 *   programOf("cat")          ->  "reads": no file, whatever its arguments are
 *   programOf("dirname")      ->  "names": no file, but it prints a path by which another one may write
 *   programOf("openssl")      ->  "writes": files it is given the names of
 *   programOf("ssh-keygen")   ->  "derives": also files whose names begin with one it is given (key -> key.pub)
 *   programOf("my-tool")      ->  undefined: any file
 */

export type ProgramKind = "reads" | "names" | "copies" | "derives" | "writes";

const kinds: Readonly<Record<ProgramKind, string>> = {
  reads: `
    [ b2sum base32 base64 basename cat chgrp chmod chown cksum cmp cut diff egrep false fgrep file grep head ls
    md5sum nl od paste rm rmdir sha1sum sha224sum sha256sum sha384sum sha512sum stat strings sum tac tail test tr
    true wc`,
  names: "dirname readlink realpath",
  // Into a folder, under the names that the files have: `cp a b $out`.
  copies: "cp install ln mv",
  derives: "certtool cfssl cfssljson keytool qrencode ssh-keygen step",
  writes: `
    : age-keygen apg argon2 awk bc break cd comm continue date dd declare dropbearkey echo exit expand export expr
    factor fmt fold gawk hostname htpasswd id ipcalc join jq let local logname makepasswd minisign mkdir mkfifo
    mkpasswd mktemp mosquitto_passwd nproc numfmt openssl pr printenv printf ps pushd popd pwd pwgen rage-keygen
    read readonly return rev sed seq set sha1pass shift shuf signify sleep sort sync tee touch truncate tsort
    typeset umask unexpand uniq unset uuidgen wait wg whoami xkcdpass xxd yq`,
};

const programs: ReadonlyMap<string, ProgramKind> = new Map(
  Object.entries(kinds).flatMap(([kind, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind as ProgramKind] as const),
  ),
);

export function programOf(name: string): ProgramKind | undefined {
  return programs.get(name);
}
