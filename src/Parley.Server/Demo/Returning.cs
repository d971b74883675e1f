using System.Text.RegularExpressions;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;

namespace Parley.Server.Demo;

/// <summary>
/// When all later sets are told, their stories come again, each by another of the customers who have been there, so that every start has somebody who waits.
/// What was said in those words before is closed by then: no list of what is open shows them twice.
/// </summary>
internal static class Returning
{
    /// <summary>How many sets are written down.</summary>
    public const int Written = 3;

    /// <summary>A set that is told at a later start, all of it within the last two hours; sets are numbered from 1 and never end.</summary>
    public static IReadOnlyList<Story> Set(int number)
    {
        var round = (number - 1) / Written;
        var all = Enumerable.Range(1, Written).SelectMany(Story.Later).ToList();
        return [.. Story.Later(((number - 1) % Written) + 1).Select(story => By(Teller(all, story, round), story))];
    }

    /// <summary>The one so many places further among those who speak the language: in a round everybody comes once.</summary>
    private static Story Teller(List<Story> all, Story story, int round)
    {
        var peers = all.Where(other => other.Language == story.Language).ToList();
        return peers[(peers.FindIndex(other => other.Customer == story.Customer) + round) % peers.Count];
    }

    private static Story By(Story teller, Story story)
    {
        var (name, own) = (new Regex($@"\b{Regex.Escape(story.Short)}\b"), teller.Email ?? $"{teller.Short.ToLowerInvariant()}@example.org");
        string Said(string text) => name.Replace(story.Email is { } address ? text.Replace(address, own, StringComparison.Ordinal) : text, teller.Short);
        return story with
        {
            Customer = teller.Customer,
            Email = teller.Email,
            Known = teller.Known,
            Lines = [.. story.Lines.Select(line => line with { Who = line.Who == story.Short ? teller.Short : line.Who, Text = Said(line.Text) })],
        };
    }

    /// <summary>Those who have been there, by the name that they gave.</summary>
    public static async Task<ILookup<string, ContactId>> Known(LogReader log, WorkspaceId workspace) =>
        (await log.OfTypes(workspace, ["contactDescribed"], 0, int.MaxValue))
            .Where(entry => entry.Body is Described { Name: not null })
            .ToLookup(entry => ((Described)entry.Body).Name!, entry => new ContactId(entry.Subject.Id));

    /// <summary>Closes what began with words that are about to be said again.</summary>
    public static async Task Close(IServiceProvider services, Lighthouse place, IEnumerable<string> said, string command)
    {
        var words = said.ToHashSet();
        var messages = await services.GetRequiredService<LogReader>().OfTypes(place.Workspace, ["message"], 0, int.MaxValue);
        var author = new Author(AuthorKind.Agent, place.Agents["Noor"].Value);
        foreach (var first in messages.Where(entry => entry.Body is Message message && message.Content.Text is { } text && words.Contains(text)))
        {
            await services.GetRequiredService<Desk>().Handle(new Close(new Origin(place.Workspace, author, command), new ConversationId(first.Subject.Id)));
        }
    }
}
