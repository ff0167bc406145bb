// A program in the browser: the server gives one page for every address, and data through the API.
export const ssr = false;
export const prerender = false;
