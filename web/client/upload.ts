import { Problem } from './problem';

/** XMLHttpRequest, because fetch tells nothing of how far an upload is. */
export function send(
  url: string,
  headers: Record<string, string>,
  form: FormData,
  progress?: (share: number) => void,
  signal?: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [key, value] of Object.entries(headers)) request.setRequestHeader(key, value);
    request.upload.onprogress = (event) => event.lengthComputable && progress?.(event.loaded / event.total);
    request.onload = () => {
      const retryAfter = request.getResponseHeader('Retry-After');
      resolve(new Response(request.responseText || null, { status: request.status, headers: retryAfter ? { 'Retry-After': retryAfter } : {} }));
    };
    request.onerror = () => reject(Problem.network(new Error('The upload was cut.')));
    request.onabort = () => reject(signal?.reason ?? new DOMException('Aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
