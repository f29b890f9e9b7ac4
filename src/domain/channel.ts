/** Kept in the place of a name where nobody is to be called, so that it holds against what is configured. */
export const NOBODY_ON_CALL = 'nobody';
