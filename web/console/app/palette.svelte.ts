export const palette = $state({ open: false, shortcuts: false });
