// The device's clock.

const two = (number) => String(number).padStart(2, "0");

/** The device's time as RFC 3339 text, with its distance from Greenwich as the device has it. */
export function now() {
  const time = new Date();
  const east = -Math.round(time.getTimezoneOffset());
  const minutes = Math.abs(east);
  const shown = new Date(time.getTime() + east * 60_000).toISOString().slice(0, -1);
  return `${shown}${east < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
