/**
 * Where the client writes what it and the server say to each other. The client itself asks for the log's level alone: with this
 * the setting `clan.trace.server` is enough, and what it asks for is seen at the log's usual level.
 */
import { Disposable, type Event, LogLevel, type LogOutputChannel, workspace } from "vscode";

const setting = "clan.trace.server";

export function traceChannel(log: LogOutputChannel): LogOutputChannel {
  const isOn = () => (workspace.getConfiguration().get<string>(setting) ?? "off") !== "off";
  const level = () => (isOn() ? LogLevel.Trace : log.logLevel);
  const onDidChangeLogLevel: Event<LogLevel> = (listener, self) =>
    Disposable.from(
      log.onDidChangeLogLevel(() => listener.call(self, level())),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(setting)) listener.call(self, level());
      }),
    );
  return {
    name: log.name,
    get logLevel() {
      return level();
    },
    onDidChangeLogLevel,
    trace: (message, ...more) => (isOn() ? log.info(message, ...more) : log.trace(message, ...more)),
    debug: (message, ...more) => log.debug(message, ...more),
    info: (message, ...more) => log.info(message, ...more),
    warn: (message, ...more) => log.warn(message, ...more),
    error: (error, ...more) => log.error(error, ...more),
    append: (value) => log.append(value),
    appendLine: (value) => log.appendLine(value),
    replace: (value) => log.replace(value),
    clear: () => log.clear(),
    show: () => log.show(),
    hide: () => log.hide(),
    // The log goes with the extension.
    dispose: () => undefined,
  };
}
