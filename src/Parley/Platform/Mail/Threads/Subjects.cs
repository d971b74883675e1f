using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Threads;

/// <summary>What a mail is about, with the one mark before it that says what it is to the mail before: answers to answers pile up none.</summary>
public static partial class Subjects
{
    private const int Longest = 500;

    public static string Answer(string subject) => Marked("Re: ", subject);

    public static string Forward(string subject) => Marked("Fwd: ", subject);

    /// <summary>Without any such mark, in the languages they are met in.</summary>
    public static string Bare(string subject) => Marks().Replace(subject.Trim(), "").Trim();

    private static string Marked(string mark, string subject)
    {
        var bare = Bare(subject);
        return mark + (bare.Length > Longest - mark.Length ? bare[..(Longest - mark.Length - (char.IsHighSurrogate(bare[Longest - mark.Length - 1]) ? 1 : 0))] : bare);
    }

    [GeneratedRegex(@"^(?:(?:re|aw|antw|antwort|sv|vs|odp|rif|res|fwd?|fw|wg|doorst|rv|enc|tr|vl|vb)(?:\[\d{1,3}\])?\s?[:：]\s*)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
