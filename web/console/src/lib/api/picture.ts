// Pictures of articles go up as they are.
import { ApiError, address, type ProblemBody } from './client';

/** Uploads a picture; what an article's text names it by. */
export async function uploadPicture(file: Blob): Promise<{ name: string; path: string }> {
  const headers = { 'x-hypercare': '1', 'content-type': 'application/octet-stream' };
  const answer = await fetch(address('/articles/images'), { method: 'POST', headers, body: file, credentials: 'same-origin' }).catch(() => {
    throw new ApiError(0, { detail: 'The server could not be reached. Try again.' });
  });
  const body: unknown = await answer.json().catch(() => ({ detail: 'The picture could not be uploaded. Try again.' }));
  if (!answer.ok) throw new ApiError(answer.status, body as ProblemBody);
  return body as { name: string; path: string };
}
