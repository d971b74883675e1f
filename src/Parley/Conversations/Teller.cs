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
        // Who talks at once is promised nothing, and neither is who finds no button.
        if (found.Answer is not { } answer)
        {
            return null;
        }

        var telling = Telling.Of(roster, inbox);
        var outlook = new Outlook(answer.From(at), Ground.Fixed, answer.Due is null ? answer.Takes : null);
        var told = Sayings.Of(Sayings.PromiseFirst, telling, null, ("when", outlook.Said(telling, null, at)));
        return new(told.Text, told.Language);
    }
}
