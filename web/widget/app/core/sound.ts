import { once } from '$client';

let context: AudioContext | undefined;

/**
 * Two soft notes, made here: nothing to download. Of several tabs the first that is able to plays it; a browser that has seen no click yet
 * keeps the context suspended, and that tab leaves it to the others.
 */
export async function ring(name: string): Promise<void> {
  try {
    context ??= new AudioContext();
    if (context.state !== 'running') await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 300))]);
    const playing = context;
    if (playing.state === 'running') void once(name, () => play(playing));
  } catch {
    // No audio on this machine: the badge speaks.
  }
}

function play(audio: AudioContext): void {
  [659, 880].forEach((pitch, index) => {
    const [tone, volume, at] = [audio.createOscillator(), audio.createGain(), audio.currentTime + index * 0.11];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.09, at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.4);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.42);
  });
}
