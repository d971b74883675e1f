import type { Attachment } from '$client';

export interface Refusal {
  key: 'tooLarge' | 'tooMany';
  name: string;
}

/** So many at once; the text `tooMany` says the number. */

const most = 10;

/** Takes files into the composer: measured, with a picture where there is one. What cannot be sent is said now, not after sending. */
export async function take(files: readonly File[], already: number, largest: number): Promise<{ taken: Attachment[]; refused: Refusal[] }> {
  const refused: Refusal[] = [];
  const good = files.filter((file) => {
    if (file.size <= largest) return true;
    refused.push({ key: 'tooLarge', name: file.name });
    return false;
  });
  if (already + good.length > most) refused.push({ key: 'tooMany', name: '' });
  const taken = await Promise.all(good.slice(0, Math.max(0, most - already)).map(attachment));
  return { taken, refused };
}

async function attachment(file: File): Promise<Attachment> {
  const made: Attachment = { name: named(file), mime: file.type || 'application/octet-stream', size: file.size, blob: file };
  if (!made.mime.startsWith('image/')) return made;
  try {
    const picture = await createImageBitmap(file);
    const { width, height } = picture;
    picture.close();
    return { ...made, width, height, preview: URL.createObjectURL(file) };
  } catch {
    // Called an image and is none, or of a kind this browser cannot draw: it goes as a file, and the server decides.
    return made;
  }
}

/** A pasted picture comes as "image.png": the time tells several apart. */
function named(file: File): string {
  if (file.name && file.name !== 'image.png') return file.name;
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `picture-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}.${file.type.split('/')[1] ?? 'png'}`;
}
