using System.Globalization;
using System.Text;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Inbox.Lists;

namespace Parley.Inbox.Views;

/// <summary>What filters ask of one row, at one time. Each answer is made once, however many views ask for it.</summary>
/// <param name="contact">Whose conversation it is; null: nothing is known of them.</param>
internal sealed class Facts(Summary row, Profile? contact, long now)
{
    private static readonly string[] Nothing = [];

    private readonly string[]?[] _words = new string[]?[Field.Count];

    public Summary Row => row;

    public Profile? Contact => contact;

    public long Now => now;

    /// <summary>When the answer to some question asked of this row may change by itself; the earliest that was met.</summary>
    public long Flips { get; private set; } = long.MaxValue;

    /// <summary>What a field says, as words to compare: none, one or some.</summary>
    public string[] Words(Field field) => field.Number < 0 ? field.Words!(this) ?? Nothing : _words[field.Number] ??= field.Words!(this) ?? Nothing;

    /// <summary>The answer may be another one from this time on.</summary>
    public void Until(long time)
    {
        if (time > now && time < Flips)
        {
            Flips = time;
        }
    }

    /// <summary>How a promise stands: it is at risk once three quarters of its time have gone, as on every screen.</summary>
    public string Promised()
    {
        if (row.Details.Promise is not { } promise)
        {
            return "none";
        }

        var due = promise.Due.ToUnixTimeMilliseconds();
        var from = Math.Min((row.Details.WaitingSince ?? promise.Made).ToUnixTimeMilliseconds(), due);
        var risk = from + ((due - from) / 4 * 3);
        Until(risk);
        Until(due);
        return promise.Broken || now >= due ? "broken" : now >= risk ? "atRisk" : "running";
    }

    /// <summary>A text as it is compared: in small letters, without accents.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Trim().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.Replace("ß", "ss").ToString();
    }
}
