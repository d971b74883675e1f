import policy from './policy';
import switching from './switching';
import told from './told';
import writing from './writing';

/** Wat alleen de instellingen zeggen. */
export default { ...policy, ...switching, ...told, ...writing };
