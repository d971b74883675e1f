let context: AudioContext | undefined;

/** Two soft notes, made here: nothing to download. Silent until the person has touched the page, as browsers will have it. */
export function chime() {
  context ??= new AudioContext();
  if (context.state === 'suspended') {
    // Not allowed to sound before a gesture; it will be from the first one on.
    void context.resume();
    if (!navigator.userActivation?.hasBeenActive) return;
  }
  const start = context.currentTime;
  for (const [i, frequency] of [659.25, 880].entries()) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    const at = start + i * 0.11;
    tone.type = 'sine';
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.09, at + 0.015);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.45);
    tone.connect(loudness).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.5);
  }
}
