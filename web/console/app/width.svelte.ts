/** Under 900 pixels the columns are pages; under 1180 the person's panel lies over the thread. */
function media(query: string) {
  const list = matchMedia(query);
  let matches = $state(list.matches);
  list.addEventListener('change', (event) => (matches = event.matches));
  return {
    get on() {
      return matches;
    },
  };
}

const narrow = media('(max-width: 899px)');
const middle = media('(max-width: 1179px)');
const touch = media('(pointer: coarse)');

export const width = {
  get narrow() {
    return narrow.on;
  },
  get middle() {
    return middle.on;
  },
  get touch() {
    return touch.on;
  },
};
