using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Workspaces.Api;

/// <summary>What customers read where nobody typed anything: whoever types beside it sees what they replace.</summary>
internal static class TextsApi
{
    /// <param name="Told">What the system tells in a thread, by code; what stands in braces is filled in.</param>
    /// <param name="When">What stands for <c>{when}</c>, for instance.</param>
    /// <param name="Mailed">What stands around the words in a mail, by code.</param>
    internal sealed record View(
        string Language, Voice Voice, ImmutableSortedDictionary<string, string> Texts, ImmutableSortedDictionary<string, string> Told, string When, ImmutableSortedDictionary<string, string> Mailed);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/texts", (ITeller teller, IMailing mailing) => new Items<View>(Greetings.All.Keys.Select(each =>
            new View(each.Language, each.Voice, Said(each.Language, each.Voice), teller.Said(each.Language, each.Voice), teller.When(each.Language), mailing.Said(each.Language, each.Voice))))).RequireAgent().WithTags("Brands");

    private static ImmutableSortedDictionary<string, string> Said(string language, Voice voice) =>
        Greetings.Of([language], ImmutableSortedDictionary<string, Voice>.Empty.Add(language, voice))[language];
}
