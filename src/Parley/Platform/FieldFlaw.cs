namespace Parley.Platform;

/// <summary>What is wrong with one field of what was sent.</summary>
/// <param name="Field">Its path: <c>replies[2].text</c>.</param>
/// <param name="Code">One word that stays: <c>required</c>, <c>tooLong</c>, …</param>
/// <param name="Text">One sentence for a person.</param>
public sealed record FieldFlaw(string Field, string Code, string Text);
