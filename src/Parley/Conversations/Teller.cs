using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>What customers will be told, for those who look at it beforehand: the same words by the same way.</summary>
internal sealed class Teller(TimeProvider time) : ITeller, IForetelling
{
    public ImmutableSortedDictionary<string, string> Said(string language, Voice voice) => Sentences.All.ToImmutableSortedDictionary(one => one.Code, one => Sayings.Ours(one.Code, language, voice));

    public string When(string language)
    {
        var now = Telling.Plain.Local(time.GetUtcNow());
        return Times.By(language, now.Date.PlusDays(1).At(new(9, 0)), now);
    }

    public Foretold? Of(Roster roster, InboxSettings inbox, Reception found, DateTimeOffset at)
    {
        if (found.State == ReceptionState.Live || found.Button == ButtonState.Hidden)
        {
            return null;
        }

        var telling = Telling.Of(roster, inbox);
        var answer = found.Answer ?? AnswerTime.Said(inbox.Policy, roster.CalendarOf(inbox), at, found.OpensAt);
        var outlook = new Outlook(answer.From(at), Ground.Fixed, answer.Due is null ? answer.Takes : null);
        var told = Sayings.Of(Sayings.PromiseFirst, telling, null, ("when", outlook.Said(telling, null, at)));
        return new(told.Text, told.Language);
    }
}
