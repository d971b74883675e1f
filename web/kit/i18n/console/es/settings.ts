import policy from './policy';
import switching from './switching';
import told from './told';

/** Lo que solo dicen los ajustes. */
export default { ...policy, ...switching, ...told };
