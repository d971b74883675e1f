using System.Text.RegularExpressions;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Writing.Replies;

/// <summary>A reply that was written before.</summary>
/// <param name="Team">Whose it is; null: everybody's.</param>
/// <param name="Shortcut">What finds it at once behind a slash; empty for none.</param>
/// <param name="Format"><c>plain</c> or <c>markdown</c>.</param>
/// <param name="Texts">A variant for each language, the first to fall back to.</param>
internal sealed partial record CannedReply(ReplyId Id, TeamId? Team, string Name, string Shortcut, string Format, LocalText Texts) : IShelved
{
    private const int MostTexts = 20;

    /// <summary>Null when it may stand; else what is wrong, field by field.</summary>
    public Refusal? Flaw() => Flaws().ToList() is { Count: > 0 } flaws
        ? new Refusal("reply.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = [.. flaws] }
        : null;

    private IEnumerable<FieldFlaw> Flaws()
    {
        if (Naming.Name(Name) is { } unnamed)
        {
            yield return new FieldFlaw("name", unnamed.Code.Split('.')[1], unnamed.Detail);
        }

        if (!Short().IsMatch(Shortcut))
        {
            yield return new FieldFlaw("shortcut", "invalid", "A shortcut has at most 30 letters, digits, hyphens and underscores.");
        }

        if (Format is not ("plain" or "markdown"))
        {
            yield return new FieldFlaw("format", "unknown", "The format of a text is plain or markdown.");
        }

        if (Texts.Texts.Length is 0 or > MostTexts)
        {
            yield return new FieldFlaw("texts", "required", $"A reply has 1 to {MostTexts} texts, each for a language.");
        }

        foreach (var (language, text) in Texts.Texts)
        {
            foreach (var flaw in Flaws(language.Length == 0 ? "texts" : $"texts.{language}", text))
            {
                yield return flaw;
            }
        }
    }

    private static IEnumerable<FieldFlaw> Flaws(string field, string text) =>
        string.IsNullOrWhiteSpace(text) ? [new FieldFlaw(field, "required", "A reply says something.")]
        : Words.Exceed(text, Content.TextLimit) ? [new FieldFlaw(field, "tooLong", $"A message has at most {Content.TextLimit:N0} characters.")]
        : Placeholders.Flaws(text, field);

    [GeneratedRegex(@"\A[\p{L}\p{M}\p{N}_-]{0,30}\z")]
    private static partial Regex Short();
}
