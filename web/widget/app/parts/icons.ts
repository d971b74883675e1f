/**
 * Signs as strokes in a square of 24: those of Lucide (ISC licence), each in one path, which costs a stranger a tenth of the components.
 * These stand in every thread; the others are in `rare.ts`, which comes with what shows them.
 */
export const x = 'M18 6 6 18M6 6l12 12';
export const send =
  'M3.714 3.048a.498.498 0 0 0-.683.627l2.843 7.627a2 2 0 0 1 0 1.396l-2.842 7.627a.498.498 0 0 0 .682.627l18-8.5a.5.5 0 0 0 0-.904zM6 12h16';
export const back = 'm12 19-7-7 7-7M19 12H5';
export const more = 'M12 12h.01M19 12h.01M5 12h.01';
export const file =
  'M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5M10 9H8M16 13H8M16 17H8';
export const check = 'M20 6 9 17l-5-5';
export const clip =
  'm16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551';
export const smile = 'M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0zM8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01';
