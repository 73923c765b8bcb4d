/** The command behind "3 machines" above a role: shows the places a lens speaks of, as VS Code shows references. */
import { commands, type Disposable, Location, Position, Range, Uri } from "vscode";
import { type PlaceArgument, type ShowPlacesArguments, showPlacesCommand } from "../../shared/requests.ts";

export function registerShowPlaces(): Disposable {
  return commands.registerCommand(showPlacesCommand, ({ from, places }: ShowPlacesArguments) => {
    const { uri, range } = toLocation(from);
    return commands.executeCommand("editor.action.showReferences", uri, range.start, places.map(toLocation));
  });
}

/** As VS Code has it. */
export function toLocation({ uri, range: { start, end } }: PlaceArgument): Location {
  const toPosition = ({ line, character }: typeof start) => new Position(line, character);
  return new Location(Uri.parse(uri), new Range(toPosition(start), toPosition(end)));
}
