import policy from './policy';
import switching from './switching';
import told from './told';
import writing from './writing';

/** Was nur die Einstellungen sagen. */
export default { ...policy, ...switching, ...told, ...writing };
