/**
 * Settings of clan-core's services whose strings name machines of the clan: `<service>.<role>.<setting>`.
 * (Read in clanServices/wireguard and clanServices/syncthing of clan-core.)
 */
export const machineSettings: ReadonlySet<string> = new Set([
  "wireguard.peer.controller",
  "syncthing.peer.folders.<name>.devices",
]);
