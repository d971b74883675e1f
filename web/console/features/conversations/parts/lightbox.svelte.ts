import type { StoredFile } from '$client';

/** The image that is looked at large, and its neighbours. */
class Lightbox {
  images = $state.raw<StoredFile[]>([]);
  at = $state(0);
  open = $state(false);

  show(images: StoredFile[], file: StoredFile) {
    this.images = images;
    this.at = Math.max(0, images.indexOf(file));
    this.open = true;
  }
}

export const lightbox = new Lightbox();
