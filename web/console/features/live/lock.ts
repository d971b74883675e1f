/** Chromium's Idle Detection, as far as it is used here. https://wicg.github.io/idle-detection/ */
interface Detector extends EventTarget {
  readonly screenState: 'locked' | 'unlocked' | null;
  start(options: { signal: AbortSignal }): Promise<void>;
}

interface Detectors {
  new (): Detector;
  requestPermission(): Promise<PermissionState>;
}

const detectors = (): Detectors | undefined => (globalThis as { IdleDetector?: Detectors }).IdleDetector;

/** Whether this browser could tell that the screen is locked. */
export const able = (): boolean => detectors() !== undefined;

/** Asks, which only a click may. */
export const allowed = async (): Promise<boolean> => (await detectors()?.requestPermission()) === 'granted';

/** Tells of every locking, until it is ended. Where the permission was taken back nothing is told: silence speaks then. */
export function watchLock(tell: () => void): () => void {
  const Detector = detectors();
  if (!Detector) return () => undefined;
  const ending = new AbortController();
  const detector = new Detector();
  detector.addEventListener('change', () => detector.screenState === 'locked' && tell(), { signal: ending.signal });
  detector.start({ signal: ending.signal }).catch(() => undefined);
  return () => ending.abort();
}
