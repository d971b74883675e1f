import policy from './policy';
import switching from './switching';
import told from './told';

/** Wat alleen de instellingen zeggen. */
export default { ...policy, ...switching, ...told };
