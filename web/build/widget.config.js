import { page } from './shared.js';

export default page('widget', 'widget/app');
