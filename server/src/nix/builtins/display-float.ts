/**
 * A float as Nix shows it: C++'s default, six significant digits.
 *
 *   displayFloat(1000000.5) -> "1e+06"      displayFloat(0.1) -> "0.1"      displayFloat(2) -> "2"
 */
export function displayFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const exponent = Number(value.toExponential(5).split("e")[1]);
  if (exponent < -4 || exponent >= 6) {
    const [mantissa = ""] = value.toExponential(5).split("e");
    const power = String(Math.abs(exponent)).padStart(2, "0");
    return `${withoutZeros(mantissa)}e${exponent < 0 ? "-" : "+"}${power}`;
  }
  return withoutZeros(value.toFixed(5 - exponent));
}

/** `1.500` -> `1.5`, `2.000` -> `2` */
function withoutZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}
