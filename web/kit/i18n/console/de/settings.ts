import policy from './policy';
import switching from './switching';
import told from './told';

/** Was nur die Einstellungen sagen. */
export default { ...policy, ...switching, ...told };
