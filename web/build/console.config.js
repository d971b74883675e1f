import { page } from './shared.js';

export default page('console', 'console');
