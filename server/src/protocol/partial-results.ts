/**
 * Long lists, sent piece by piece to a client that asks for them so and can show the first while more come.
 *
 *   { partialResultToken: 7 }, 1,000 symbols   ->   ten `$/progress` of 100 symbols, and the answer []
 */
import { type CancellationToken, type Connection, ProgressType } from "vscode-languageserver";
import { letMessagesIn } from "./guard.ts";

const pieceLength = 100;
const piece = new ProgressType<unknown>();

/** What is left to answer with: all of `result`, where it is no long list or the client wants it whole. */
export async function sendInPieces<R>(
  connection: Connection,
  params: unknown,
  result: R,
  cancellation: CancellationToken,
): Promise<R | []> {
  const token: unknown = Reflect.get(Object(params), "partialResultToken");
  const isToken = typeof token === "string" || typeof token === "number";
  if (!isToken || !Array.isArray(result) || result.length <= pieceLength) return result;
  for (let start = 0; start < result.length && !cancellation.isCancellationRequested; start += pieceLength) {
    await connection.sendProgress(piece, token, result.slice(start, start + pieceLength));
    await letMessagesIn();
  }
  return [];
}
