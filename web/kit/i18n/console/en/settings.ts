import policy from './policy';
import switching from './switching';
import told from './told';
import viewing from './viewing';
import writing from './writing';

/** What only the settings say, in English: fetched with them. The others must have its keys. */
export default { ...policy, ...switching, ...told, ...viewing, ...writing };
