import policy from './policy';
import switching from './switching';
import told from './told';
import viewing from './viewing';
import writing from './writing';

/** Lo que solo dicen los ajustes. */
export default { ...policy, ...switching, ...told, ...viewing, ...writing };
