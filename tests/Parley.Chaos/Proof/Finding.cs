namespace Parley.Chaos.Proof;

/// <summary>What can be wrong after a run.</summary>
public enum FindingKind { Lost, Doubled, Gap, Misdelivered, Stale, Effect, Outside, Answer }

/// <summary>Something that must not be, with enough in it to look for its cause.</summary>
public sealed record Finding(FindingKind Kind, string What)
{
    public override string ToString() => $"{Kind}: {What}";
}

/// <summary>Whether what somebody was shown has words in it that are not for them.</summary>
public static class Foreign
{
    public static IEnumerable<Finding> Of(string viewer, Func<Mark, bool> may, string text) =>
        Mark.In(text).Where(mark => !may(mark)).Distinct().Select(mark => new Finding(FindingKind.Misdelivered, $"{viewer} was shown {mark}: {Around(text, mark)}"));

    private static string Around(string text, Mark mark)
    {
        var at = text.IndexOf(mark.ToString(), StringComparison.Ordinal);
        var from = Math.Max(0, at - 150);
        return text[from..Math.Min(text.Length, at + 80)];
    }
}
