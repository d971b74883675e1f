let known: Map<string, boolean> | undefined;

/** Whether a sign can be drawn here: where no font has it, it is the box that stands for whatever is missing. */
export function drawn(sign: string, canvas: () => CanvasRenderingContext2D | null = fresh): boolean {
  known ??= new Map();
  const before = known.get(sign);
  if (before !== undefined) return before;
  const context = canvas();
  const look = (text: string) => {
    context!.clearRect(0, 0, 40, 40);
    context!.fillText(text, 4, 28);
    return context!.getImageData(0, 0, 40, 40).data.join();
  };
  const can = !context || look(sign) !== look('\u{10FFFE}');
  known.set(sign, can);
  return can;
}

function fresh(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 40;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context) context.font = '24px sans-serif';
  return context;
}
