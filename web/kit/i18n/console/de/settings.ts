import policy from './policy';
import switching from './switching';
import told from './told';
import viewing from './viewing';
import writing from './writing';

/** Was nur die Einstellungen sagen. */
export default { ...policy, ...switching, ...told, ...viewing, ...writing };
