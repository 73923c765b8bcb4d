/**
 * Which package of nixpkgs brings a command, for those that scripts of generators use.
 *
 *   packagesOf("ssh-keygen")   ->   [ "openssh" ]
 */

/** By package, the commands that it has; the first package that has one is the one to be named. */
const packages: Readonly<Record<string, string>> = {
  age: "age age-keygen",
  apacheHttpd: "htpasswd",
  bash: "",
  borgbackup: "borg",
  cfssl: "cfssl cfssljson",
  coreutils: "",
  curl: "curl",
  diceware: "diceware",
  diffutils: "diff cmp",
  dropbear: "dropbearkey",
  findutils: "find xargs",
  gawk: "awk gawk",
  git: "git",
  gnugrep: "egrep fgrep grep",
  gnupg: "gpg gpgconf",
  gnused: "sed",
  gnutar: "tar",
  gnutls: "certtool",
  gzip: "gunzip gzip zcat",
  jq: "jq",
  libargon2: "argon2",
  mawk: "awk mawk",
  minisign: "minisign",
  mkpasswd: "mkpasswd",
  mosquitto: "mosquitto_passwd",
  openssh: "scp ssh ssh-keygen ssh-keyscan",
  openssl: "openssl",
  pwgen: "pwgen",
  qrencode: "qrencode",
  rage: "rage rage-keygen",
  rsync: "rsync",
  sops: "sops",
  "ssh-to-age": "ssh-to-age",
  "step-cli": "step",
  syncthing: "syncthing",
  unzip: "unzip",
  "util-linux": "hexdump uuidgen",
  wget: "wget",
  whois: "mkpasswd whois",
  "wireguard-tools": "wg",
  xkcdpass: "xkcdpass",
  xxd: "xxd",
  yq: "yq",
  "yq-go": "yq",
};

const byCommand = indexByCommand();

function indexByCommand(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, commands] of Object.entries(packages))
    for (const command of commands.split(" ")) found.set(command, [...(found.get(command) ?? []), name]);
  return found;
}

/** Empty for a command that any package may bring. */
export function packagesOf(command: string): readonly string[] {
  return command === "" ? [] : (byCommand.get(command) ?? []);
}

/** Whether all its commands that `packagesOf` knows are known to be its. */
export function isKnownPackage(name: string): boolean {
  return Object.hasOwn(packages, name);
}
