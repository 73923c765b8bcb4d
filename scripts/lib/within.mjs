/**
 * A bound on waiting for something that may never come.
 *
 *   await within(5000, browser.close(), "the browser did not close")
 */

/** The promise's outcome, or a rejection with `message` after so many milliseconds. */
export async function within(milliseconds, promise, message) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
