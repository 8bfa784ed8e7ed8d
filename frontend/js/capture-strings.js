/** Every word said about pictures and scanned cards; the first screen does without them. */

export const C = {
  noPicture: 'This is no picture that can be read here. The text is kept.',
  enough: 'A note takes four pictures. Remove one first.',
  full: 'This phone is out of space for a picture. The text is kept.',
  removed: 'Picture removed',
  back: 'The picture is back.',
  scanned: 'The rest of the card comes with the note.',
  scannedMore: 'What has no place on a card is in the text.',
  scannedText: 'Scanned into the text.',
  nothingOnIt: 'There is nothing on that card. The text is as it was.',
  scannedCard: (/** @type {string | undefined} */ name) => (name ? `Card of ${name}` : 'Scanned card'),
  removeCard: 'Remove scanned card',
  cardRemoved: 'Scanned card removed. The text stays.',
  cardBack: 'The scanned card is back.',
  noCamera: 'There is no camera for this here, or it was not allowed. A picture of the code works as well.',
  noCode: 'No code was found in this picture. Closer, and with more light, may help.',
  remove: (/** @type {number} */ place) => `Remove picture ${place}`,
  ofMeeting: (/** @type {number} */ place) => `Picture ${place} of the card`,
};
