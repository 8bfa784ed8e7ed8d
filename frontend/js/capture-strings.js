/** Every word said about pictures and scanned cards; the first screen does without them. */

export const C = {
  noPicture: 'This is no picture that can be read here. The text is kept.',
  enough: 'A note takes four pictures. Remove one first.',
  full: 'This phone is out of space for a picture. The text is kept.',
  removed: 'Picture removed',
  back: 'The picture is back.',
  needsSignal: 'The picture shows up when there is signal.',
  remove: (/** @type {number} */ place) => `Remove picture ${place}`,
  ofMeeting: (/** @type {number} */ place) => `Picture ${place} of the card`,
};
