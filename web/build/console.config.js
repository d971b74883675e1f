import { page, web } from './shared.js';

const config = page('console', 'console');
// Two pages of one build: the console, and the door before it (set-up, invitations, forgotten passwords).
config.build.rolldownOptions = { ...config.build.rolldownOptions, input: { index: `${web}console/index.html`, door: `${web}console/door.html` } };

export default config;
