/** The setting `clan.trace.server` alone turns the log of messages on and off. */
import { expect, it } from "vitest";
import { LogLevel, type LogOutputChannel } from "vscode";
import { traceChannel } from "../../../client/src/trace-channel.ts";
import { EventEmitter } from "./helpers/classes.ts";
import { editor } from "./helpers/editor.ts";

function setUp(logLevel: LogLevel = LogLevel.Info) {
  const written: string[] = [];
  const levels = new EventEmitter<LogLevel>();
  const say = (level: string) => (text: string) => written.push(`${level}: ${text}`);
  const log = {
    logLevel,
    onDidChangeLogLevel: levels.event,
    ...Object.fromEntries(
      ["trace", "debug", "info", "warn", "error", "append"].map((level) => [level, say(level)]),
    ),
  };
  const channel = traceChannel(log as unknown as LogOutputChannel);
  const told: LogLevel[] = [];
  const following = channel.onDidChangeLogLevel((level) => told.push(level));
  return { channel, written, told, following, log, levels };
}

const turn = (value: string) => editor.set("clan.trace.server", { globalValue: value });

it("is as loud as the log, until the setting wants messages", () => {
  const { channel, written, told, following } = setUp();
  expect(channel.logLevel).toBe(LogLevel.Info);
  channel.trace("unseen");
  turn("messages");
  expect(channel.logLevel).toBe(LogLevel.Trace);
  channel.trace("seen");
  turn("off");
  expect(channel.logLevel).toBe(LogLevel.Info);
  editor.set("clan.codeLens.enabled", { globalValue: false });
  expect(told).toEqual([LogLevel.Trace, LogLevel.Info]);
  expect(written).toEqual(["trace: unseen", "info: seen"]);
  following.dispose();
  turn("verbose");
  expect(told).toHaveLength(2);
});

it("follows the log's own level, too, and passes on all else", () => {
  const { channel, written, told, log, levels } = setUp();
  log.logLevel = LogLevel.Trace;
  levels.fire(LogLevel.Trace);
  expect(told).toEqual([LogLevel.Trace]);
  channel.warn("a");
  channel.error("b");
  channel.debug("c");
  channel.append("d");
  expect(written).toEqual(["warn: a", "error: b", "debug: c", "append: d"]);
});
