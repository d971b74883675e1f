import type { Place } from '$client';

/** Where a map of the place is, for whoever presses: nothing of it is loaded by itself. */
export function mapOf({ latitude, longitude }: Place): string {
  const [lat, lon] = [latitude.toFixed(5), longitude.toFixed(5)];
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=16/${lat}/${lon}`;
}

/** "53.21940° N, 6.56650° E", in digits that everybody's map takes. */
export function coordinates({ latitude, longitude }: Place): string {
  return `${Math.abs(latitude).toFixed(5)}° ${latitude < 0 ? 'S' : 'N'}, ${Math.abs(longitude).toFixed(5)}° ${longitude < 0 ? 'W' : 'E'}`;
}
