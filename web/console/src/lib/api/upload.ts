// Files go up as they are, with their progress: `fetch` tells none.
import { ApiError, address, type ProblemBody } from './client';
import type { FileView } from './types';

/** Uploads a file for the next reply. */
export function upload(file: File, onprogress: (share: number) => void, signal: AbortSignal): Promise<FileView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address('/files', { name: file.name || 'file' }));
    request.setRequestHeader('x-hypercare', '1');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'text';
    request.upload.onprogress = (event) => event.lengthComputable && onprogress(event.loaded / event.total);
    request.onload = () => {
      let body: unknown;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = { detail: 'The file could not be uploaded. Try again.' };
      }
      if (request.status === 201) resolve(body as FileView);
      else reject(new ApiError(request.status, body as ProblemBody));
    };
    request.onerror = () => reject(new ApiError(0, { detail: 'The server could not be reached. Try again.' }));
    request.onabort = () => reject(new ApiError(0, { detail: 'Taken away.' }));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
