/** The square of a picture that shows: its middle in the picture's own points, and how much larger than needed to fill the frame it is drawn. */
export interface Crop {
  x: number;
  y: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

export const mostZoom = 4;

/** Half the side of the square, in the picture's own points. */
export const half = (size: Size, zoom: number): number => Math.min(size.width, size.height) / (2 * zoom);

/** The same crop, moved as little as needed for the frame to be full. */
export function within(size: Size, crop: Crop): Crop {
  const zoom = Math.min(mostZoom, Math.max(1, crop.zoom));
  const edge = half(size, zoom);
  const hold = (at: number, length: number) => Math.min(length - edge, Math.max(edge, at));
  return { zoom, x: hold(crop.x, size.width), y: hold(crop.y, size.height) };
}

export const middle = (size: Size): Crop => ({ x: size.width / 2, y: size.height / 2, zoom: 1 });
