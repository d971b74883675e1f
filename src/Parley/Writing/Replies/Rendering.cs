using Parley.Contacts;
using Parley.Conversations;
using Parley.Workspaces;
using Found = Parley.Conversations.Found;

namespace Parley.Writing.Replies;

/// <summary>A reply as it is said in a conversation.</summary>
/// <param name="Missing">The placeholders of which nothing is known there, and nothing is said instead.</param>
internal sealed record Rendered(string Text, string Format, IEnumerable<string> Missing);

/// <summary>Fills a reply in for a conversation: in its language, else in the inbox's first, with what is known of who is in it.</summary>
internal sealed class Rendering(Threads threads, Rosters rosters, People people)
{
    public async Task<Rendered> Say(Principal who, Found found, CannedReply reply)
    {
        var (roster, person, missing) = (rosters.Now(who.Workspace), await people.Behind(who.Workspace, found.State.Contact, found.Id), new List<string>());
        var (_, languages) = threads.Inbox(who.Workspace, found.State.Inbox);
        var text = Placeholders.Fill(reply.Texts.In([person?.Language, found.State.Language, .. languages]), Value, missing);
        return new Rendered(text, reply.Format, missing.Distinct());

        string? Value(string name) => name switch
        {
            "contact.name" => person?.Name,
            "contact.firstName" => person?.Name?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(),
            "contact.email" => person?.Email,
            "contact.phone" => person?.Phone,
            "agent.name" => who is AgentPrincipal agent ? roster.Agent(agent.Agent)?.Name : null,
            "inbox.name" => roster.Inbox(found.State.Inbox)?.Settings.Name,
            _ => roster.BrandOf(found.State.Inbox)?.Name,
        };
    }
}
