using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Workspaces.Api;

/// <summary>What customers read where nobody typed anything: whoever types beside it sees what they replace.</summary>
internal static class TextsApi
{
    internal sealed record View(string Language, Voice Voice, ImmutableSortedDictionary<string, string> Texts);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/texts", () => new Items<View>(Greetings.All.Keys.Select(each => new View(each.Language, each.Voice, Said(each.Language, each.Voice))))).RequireAgent().WithTags("Brands");

    private static ImmutableSortedDictionary<string, string> Said(string language, Voice voice) =>
        Greetings.Of([language], ImmutableSortedDictionary<string, Voice>.Empty.Add(language, voice))[language];
}
